using System.Runtime.ExceptionServices;

namespace Swarms.Hub.Client;

/// <summary>Calls a program's functions. One that throws disturbs neither the others nor the watch.</summary>
internal static class Callbacks
{
    public static void Call<T>(Action<T>? callbacks, T argument, Action<Exception>? onError)
    {
        foreach (var callback in Delegate.EnumerateInvocationList(callbacks))
        {
            try
            {
                callback(argument);
            }
            catch (Exception e)
            {
                Report(e, onError);
            }
        }
    }

    /// <inheritdoc cref="Call{T}" />
    public static void Call(
        Action<ConnectionState, HubClientException?>? callbacks, ConnectionStateUpdate change, Action<Exception>? onError)
    {
        foreach (var callback in Delegate.EnumerateInvocationList(callbacks))
            Call<ConnectionStateUpdate>(told => callback(told.ConnectionState, told.Error), change, onError);
    }

    /// <summary>Tells the program; an error of which it does not want to know, or whose telling fails, is thrown out of band.</summary>
    private static void Report(Exception error, Action<Exception>? onError)
    {
        if (onError is null)
            Throw(error);

        foreach (var callback in Delegate.EnumerateInvocationList(onError))
        {
            try
            {
                callback(error);
            }
            catch (Exception e)
            {
                Throw(e);
            }
        }
    }

    /// <summary>As an <c>async void</c> method would: on the synchronization context, or where there is none on the thread pool.</summary>
    private static void Throw(Exception error)
    {
        var thrown = ExceptionDispatchInfo.Capture(error);
        if (SynchronizationContext.Current is { } context)
            context.Post(static thrown => ((ExceptionDispatchInfo)thrown!).Throw(), thrown);
        else
            ThreadPool.QueueUserWorkItem(static thrown => thrown.Throw(), thrown, preferLocal: false);
    }
}
