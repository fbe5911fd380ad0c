namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="ServerDescription.RoomCreation"/>.</summary>
public static class RoomCreators
{
    /// <summary>Anyone may create rooms.</summary>
    public const string Open = "open";

    /// <summary>Creating a room takes the operator's key.</summary>
    public const string Operator = "operator";
}
