namespace Swarms.Hub.Protocol;

/// <summary>A time in which a member watched, by any number of connections. A short cut does not end it.</summary>
/// <param name="From">Its beginning, in UTC with milliseconds.</param>
/// <param name="Until">Its end, or now while it goes on, in UTC with milliseconds.</param>
public sealed record AttendanceTime(DateTimeOffset From, DateTimeOffset Until);
