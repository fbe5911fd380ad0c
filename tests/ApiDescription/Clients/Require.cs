namespace Swarms.Hub.Generated;

internal static class Require
{
    /// <summary>How long a simulated run may take before the check fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void That(bool isTrue, string what)
    {
        if (!isTrue)
            throw new InvalidOperationException($"The hub's answer was not as expected: {what}.");
    }
}
