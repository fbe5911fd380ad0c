namespace Swarms.Hub.Client.Tests.Fakes;

internal sealed record FakeCall(string Call, string? Query, string? Authorization, string Body);
