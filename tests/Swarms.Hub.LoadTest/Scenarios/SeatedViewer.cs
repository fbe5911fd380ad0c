using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>One viewer and its place.</summary>
internal sealed record SeatedViewer(Seat Seat, ViewerConnection Connection, FeedChecker Checker, TextChecker? Texts, ReadingHabit Habit);
