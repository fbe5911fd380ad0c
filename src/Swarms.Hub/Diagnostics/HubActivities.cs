using System.Diagnostics;

namespace Swarms.Hub.Diagnostics;

/// <summary>The source of the hub's own spans. Where nobody listens it makes none, and costs a comparison. Safe from any thread.</summary>
internal static class HubActivities
{
    public static ActivitySource Source { get; } = new("Swarms.Hub");

    /// <summary>Begins a span below another one, and leaves the current span as it is. Null where nobody listens.</summary>
    public static Activity? Begin(string name, ActivityContext parent, ActivityKind kind = ActivityKind.Internal)
    {
        var current = Activity.Current;
        var begun = Source.StartActivity(name, kind, parent);
        Activity.Current = current;
        return begun;
    }

    /// <summary>Ends a span, and leaves the current span as it is.</summary>
    public static void End(this Activity activity)
    {
        var current = Activity.Current;
        activity.Dispose();
        Activity.Current = current;
    }

    /// <summary>Marks the span as failed with the code of the error, which is no text of the failure.</summary>
    public static void Fail(this Activity activity, string code)
    {
        activity.SetTag("error.type", code);
        activity.SetStatus(ActivityStatusCode.Error);
    }
}
