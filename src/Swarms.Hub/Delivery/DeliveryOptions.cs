using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Delivery;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// The time in which a connection must take 8 KiB; after it the connection is ended as stalled. The kernel takes up to 100 kB at once,
    /// so the default recognizes even a reader of 1 kB a second. A waiting connection costs one frame of memory and delays no other.
    /// 1 second to 10 minutes; default 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The time between two signs of life on a viewer's connection; SignalR may add one second. The SDKs take a connection for dead after
    /// 8 s, so a longer interval than the range allows would cut healthy ones. 1 to 5 seconds; default 3 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(3);
}
