namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="SearchResult.Field"/>.</summary>
public static class SearchFields
{
    /// <summary>The name of a member, an agent, or a run's agent.</summary>
    public const string Name = "name";

    /// <summary>The model of an agent or of a run's agent.</summary>
    public const string Model = "model";

    /// <summary>The instructions of an agent.</summary>
    public const string Prompt = "prompt";

    /// <summary>The task of a run.</summary>
    public const string Task = "task";

    /// <summary>The text of a message, or of a run that has ended.</summary>
    public const string Text = "text";
}
