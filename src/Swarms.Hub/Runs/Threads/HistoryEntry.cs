namespace Swarms.Hub.Runs;

/// <summary>One entry of the history that an upstream gets.</summary>
/// <param name="Role"><see cref="User"/> or <see cref="Assistant"/>.</param>
/// <param name="Content">The text.</param>
internal readonly record struct HistoryEntry(string Role, string Content)
{
    public const string User = "user";
    public const string Assistant = "assistant";
}
