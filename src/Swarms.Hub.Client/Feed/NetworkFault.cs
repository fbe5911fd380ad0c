using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.InteropServices.JavaScript;
using System.Security.Authentication;
using Microsoft.AspNetCore.SignalR;

namespace Swarms.Hub.Client;

/// <summary>
/// Tells the faults of network, proxy and hub, which pass, from the program's own: a missing assembly, a wrong type, a handler of the
/// program's that throws. The first are waited out, the second are thrown.
/// </summary>
internal static class NetworkFault
{
    /// <summary>Whether every exception of the chain is of the network. A connection wraps whatever happens while it opens.</summary>
    public static bool Is(Exception error) => error switch
    {
        // The loader's exceptions derive from IOException.
        FileNotFoundException or FileLoadException => false,
        AggregateException several => several.InnerExceptions.All(Is),
        AuthenticationException => !IsProgramFault(error.InnerException),
        HubClientException or HubException or HttpRequestException or WebSocketException or SocketException or IOException
            or TimeoutException or OperationCanceledException or InvalidDataException => IsCause(error.InnerException),
        _ => false,
    };

    /// <summary>The innermost reason in its own words, and the proxy on the way.</summary>
    public static string Describe(Exception error, Uri? proxy)
    {
        var cause = error;
        while (cause.InnerException is { } inner && cause is not AuthenticationException)
            cause = inner;

        var words = cause.Message;
        if (proxy is { UserInfo.Length: > 0 })
            words = words.Replace(proxy.UserInfo + "@", "", StringComparison.Ordinal);

        return Name(proxy) is not { } name || words.Contains(name, StringComparison.Ordinal)
            ? words
            : $"{words} The way there leads through the proxy {name}.";
    }

    /// <summary>A proxy's address without its credentials.</summary>
    public static string? Name(Uri? proxy) => proxy?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>
    /// A stream that is read while its connection is torn down finds it disposed. A browser's fault of the network has a class of its own.
    /// </summary>
    private static bool IsCause(Exception? inner) =>
        inner is null or ObjectDisposedException || (OperatingSystem.IsBrowser() && inner is JSException) || Is(inner);

    /// <summary>The platform's TLS has exceptions of its own, so here only the known faults of a program count.</summary>
    private static bool IsProgramFault(Exception? inner) => inner switch
    {
        null => false,
        TypeLoadException or TypeInitializationException or MissingMemberException or BadImageFormatException or FileNotFoundException
            or FileLoadException or NullReferenceException or InvalidCastException or ArgumentException => true,
        _ => IsProgramFault(inner.InnerException),
    };
}
