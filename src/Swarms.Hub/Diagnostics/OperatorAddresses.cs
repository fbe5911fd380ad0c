namespace Swarms.Hub.Diagnostics;

/// <summary>The addresses for operators. They answer also while rooms cannot be served.</summary>
internal static class OperatorAddresses
{
    public const string Health = "/healthz";
    public const string Readiness = "/readyz";
    public const string Metrics = "/metrics";

    public static bool Include(PathString path) => path == Health || path == Readiness || path == Metrics;
}
