namespace Swarms.Hub.Runs;

/// <summary>An ended run whose figures a blind group hides, and its room.</summary>
internal readonly record struct KeptRun(long RoomKey, HiddenRun Run);
