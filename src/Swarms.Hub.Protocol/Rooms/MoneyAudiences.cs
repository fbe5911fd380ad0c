namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomSettings.ShowMoney"/>.</summary>
public static class MoneyAudiences
{
    /// <summary>Every member sees costs.</summary>
    public const string All = "all";

    /// <summary>Hosts and participants see costs.</summary>
    public const string Participants = "participants";

    /// <summary>Only hosts see costs.</summary>
    public const string Hosts = "hosts";
}
