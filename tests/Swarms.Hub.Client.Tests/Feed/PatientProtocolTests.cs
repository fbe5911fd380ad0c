using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Swarms.Hub.Client.Tests;

public sealed class PatientProtocolTests
{
    private readonly List<long> _announced = [];
    private readonly PatientProtocol _protocol;

    public PatientProtocolTests() => _protocol = new PatientProtocol(_announced.Add);

    [Theory]
    [InlineData("""{"type":6,"next":1000000}""", 1_000_000)]
    [InlineData("""{"next":40000,"type":6}""", 40_000)]
    [InlineData("""{"type":6}""", 0)]
    [InlineData("""{"type":6,"next":-1}""", 0)]
    [InlineData("""{"type":6,"next":"1000000"}""", 0)]
    [InlineData("""{"type":6,"next":1e30}""", 0)]
    [InlineData("""{"type":6,"next":null}""", 0)]
    public void Ping_Announces_The_Size_Of_The_Next_Message(string ping, long bytes)
    {
        Assert.Equal([typeof(PingMessage)], Parse(ping));
        Assert.Equal([bytes], _announced);
    }

    [Fact]
    public void Announced_Message_Ends_The_Patience_When_It_Is_Whole()
    {
        const string Item = """{"type":1,"target":"Draining","arguments":[1]}""";

        var parsed = Parse("""{"type":6,"next":8000}""", Item, """{"type":6}""");

        Assert.Equal([typeof(PingMessage), typeof(InvocationMessage), typeof(PingMessage)], parsed);
        Assert.Equal([8_000, 0, 0], _announced);
        Assert.Equal(TimeSpan.FromSeconds(1), PatientProtocol.TimeFor(8_000));
    }

    [Fact]
    public void Part_Of_A_Message_Says_Nothing()
    {
        var part = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("""{"type":6,"next":8"""));

        Assert.False(_protocol.TryParseMessage(ref part, new Binder(), out _));
        Assert.Empty(_announced);
    }

    private List<Type> Parse(params string[] messages)
    {
        var input = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(string.Concat(messages.Select(message => message + '\u001e'))));
        var parsed = new List<Type>();
        while (_protocol.TryParseMessage(ref input, new Binder(), out var message))
            parsed.Add(message.GetType());

        Assert.True(input.IsEmpty);
        return parsed;
    }

    private sealed class Binder : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(int)];

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
