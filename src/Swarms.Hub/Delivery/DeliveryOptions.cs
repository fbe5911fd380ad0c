using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Delivery;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// How long a connection may take over 8 KiB before it is ended as one that does not read. The kernel takes up to some 100 kB at
    /// one time, so that even a reader of 1 kB a second is seen to read; one that waits costs one frame and nobody's time. 1 second
    /// to 10 minutes; default 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
