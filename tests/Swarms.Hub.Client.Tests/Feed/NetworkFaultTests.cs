using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.SignalR;

namespace Swarms.Hub.Client.Tests;

public sealed class NetworkFaultTests : RoomClientTestBase
{
    public static TheoryData<Exception> OfTheProgram =>
    [
        new FileNotFoundException("Could not load file or assembly 'System.Net.Security'."), new FileLoadException(), new TypeLoadException("mine"),
        new MissingMethodException("mine"), new BadImageFormatException(), new TypeInitializationException("mine", null), new KeyNotFoundException(),
        new InvalidCastException(), new ArgumentException("mine"), new InvalidOperationException("mine"), new NotImplementedException(), new FormatException(),
    ];

    public static TheoryData<Exception> OfTheNetwork =>
    [
        new SocketException((int)SocketError.ConnectionRefused), new SocketException((int)SocketError.HostNotFound), new IOException("cut off"),
        new HttpRequestException("no"), new TimeoutException(), new AuthenticationException("untrusted"), new OperationCanceledException(),
        new HttpIOException(HttpRequestError.ResponseEnded),
    ];

    [Theory]
    [MemberData(nameof(OfTheProgram), DisableDiscoveryEnumeration = true)]
    public async Task Fault_Of_The_Program_Ends_The_Watch_And_Is_Not_Retried(Exception fault)
    {
        var attempts = 0;
        Fail(fault, () => attempts++);
        var watch = Watch();

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => watch.Ended);

        Assert.Contains(fault, Chain(thrown));
        Assert.IsNotType<HubClientException>(thrown);
        Assert.Equal(1, attempts);
        Assert.Equal(ConnectionState.Offline, watch.Room.ConnectionState);
    }

    [Theory]
    [MemberData(nameof(OfTheProgram), DisableDiscoveryEnumeration = true)]
    public async Task Fault_Of_The_Program_Is_Thrown_By_A_Call_And_Not_Repeated(Exception fault)
    {
        var attempts = 0;
        Fail(fault, () => attempts++);

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => OpenRoom().GetRunAsync("r1", TestContext.Current.CancellationToken));

        Assert.Contains(fault, Chain(thrown));
        Assert.IsNotType<HubClientException>(thrown);
        Assert.Equal(1, attempts);
    }

    [Theory]
    [MemberData(nameof(OfTheProgram), DisableDiscoveryEnumeration = true)]
    public async Task Fault_Of_The_Program_Is_Thrown_By_A_Call_Over_A_Connection(Exception fault)
    {
        Fail(fault, () => { });

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => OpenRoom().RaiseHandAsync(TestContext.Current.CancellationToken));

        Assert.Contains(fault, Chain(thrown));
        Assert.IsNotType<HubClientException>(thrown);
    }

    [Theory]
    [MemberData(nameof(OfTheNetwork), DisableDiscoveryEnumeration = true)]
    public async Task Fault_Of_The_Network_Is_Waited_Out(Exception fault)
    {
        Fail(fault, () => { });
        var watch = Watch();

        var change = await watch.NextAsync<ConnectionStateUpdate>(update => update.ConnectionState == ConnectionState.Offline);

        Assert.Equal(HubClientException.HubUnreachable, change.Error!.Code);
        Assert.False(change.Error.IsFinal);
    }

    [Theory]
    [MemberData(nameof(OfTheProgram), DisableDiscoveryEnumeration = true)]
    public void Fault_Of_The_Program_Is_Found_In_Whatever_A_Connection_Wraps_It(Exception fault)
    {
        Assert.False(NetworkFault.Is(fault));
        Assert.False(NetworkFault.Is(new WebSocketException("no", new HttpRequestException("no", fault))));
        Assert.False(NetworkFault.Is(new AggregateException(new IOException(), fault)));
    }

    [Fact]
    public void Fault_Of_The_Network_May_Have_Its_Like_And_A_Disposed_Stream_For_A_Cause()
    {
        Assert.True(NetworkFault.Is(new WebSocketException("no", new HttpRequestException("no", new IOException("no", new SocketException())))));
        Assert.True(NetworkFault.Is(new IOException("no", new ObjectDisposedException("SslStream"))));
        Assert.True(NetworkFault.Is(new HttpRequestException("no", new AuthenticationException("no", new System.ComponentModel.Win32Exception()))));
        Assert.True(NetworkFault.Is(new HubException("not_found: No.")));
    }

    [Theory]
    [InlineData(null, "Refused.")]
    [InlineData("http://ada:secret@proxy.example:3128/", "Refused. The way there leads through the proxy http://proxy.example:3128.")]
    public void Reason_Is_The_Innermost_With_The_Proxy_On_The_Way(string? proxy, string words)
    {
        var error = new WebSocketException("Unable to connect.", new HttpRequestException("No.", new IOException("Refused.")));

        Assert.Equal(words, NetworkFault.Describe(error, proxy is null ? null : new Uri(proxy)));
    }

    private void Fail(Exception fault, Action onAttempt) => Options.ConfigureHandler = handler => handler.ConnectCallback = (_, _) =>
    {
        onAttempt();
        throw fault;
    };

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }
}
