using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>agent.changed</c>.</summary>
/// <param name="Agent">The agent from now on.</param>
public sealed record AgentPayload(RoomAgent Agent)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static AgentPayload Read(JsonElement data)
    {
        var agent = data.Object("agent");
        var config = agent.Object("config");
        return new AgentPayload(new RoomAgent
        {
            Id = agent.Text("id") ?? "",
            Name = agent.Text("name") ?? "",
            Model = agent.Text("model") ?? "",
            SystemPrompt = agent.Text("systemPrompt"),
            Temperature = agent.Figure("temperature"),
            MaxTokens = (int?)agent.Number("maxTokens"),
            MaxLoops = (int?)agent.Number("maxLoops"),
            Config = config.ValueKind == JsonValueKind.Object ? config.Clone() : null,
            Presets = [.. agent.List("presets").Select(preset => new AgentPreset(preset.Text("title") ?? "", preset.Text("prompt") ?? ""))],
            AnswersMentions = agent.IsTrue("answersMentions"),
            Secrets = [.. agent.List("secrets").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)],
        });
    }
}
