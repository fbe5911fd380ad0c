using System.Runtime.ExceptionServices;

namespace Swarms.Hub.Client;

/// <summary>Calls a program's functions. One that throws disturbs neither the others nor the watch.</summary>
internal static class Callbacks
{
    public static void Call<T>(EventHandler<T>? callbacks, RoomClient room, T argument, EventHandler<Exception>? onError)
    {
        foreach (var callback in Each(callbacks))
        {
            try
            {
                callback(room, argument);
            }
            catch (Exception e)
            {
                Report(e, room, onError);
            }
        }
    }

    /// <summary>Tells the program; an error of which it does not want to know, or whose telling fails, is thrown out of band.</summary>
    private static void Report(Exception error, RoomClient room, EventHandler<Exception>? onError)
    {
        if (onError is null)
            Throw(error);

        foreach (var callback in Each(onError))
        {
            try
            {
                callback(room, error);
            }
            catch (Exception e)
            {
                Throw(e);
            }
        }
    }

    private static IEnumerable<EventHandler<T>> Each<T>(EventHandler<T>? callbacks) =>
        callbacks?.GetInvocationList().Cast<EventHandler<T>>() ?? [];

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
