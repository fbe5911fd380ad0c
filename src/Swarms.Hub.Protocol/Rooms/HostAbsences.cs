namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="HoldBack.WithoutHost"/>.</summary>
public static class HostAbsences
{
    /// <summary>Runs whose text is held are cancelled; what is held is not released.</summary>
    public const string Stop = "stop";

    /// <summary>The held text is released at once, and so is all that follows until a host is back.</summary>
    public const string Release = "release";
}
