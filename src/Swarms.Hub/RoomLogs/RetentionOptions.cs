using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.RoomLogs;

/// <summary>Section <c>Storage</c>: how long rooms stay.</summary>
internal sealed class RetentionOptions
{
    /// <summary>
    /// Deletes whole rooms in which nothing has happened for so long. A room's own setting may be shorter. 1 hour to 100 years; left out,
    /// rooms without a setting of their own stay.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "36525.00:00:00")]
    public TimeSpan? Retention { get; set; }
}
