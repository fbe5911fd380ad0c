using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Delivery;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// How long a connection may take over one frame before it is ended as one that does not read. Long enough for the largest
    /// snapshot over a line of 300 kbit/s: a viewer that waits costs one frame and nobody's time. 1 second to 10 minutes;
    /// default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
