using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>How wire types become JSON.</summary>
public static class ProtocolJson
{
    /// <summary>camelCase, UTC times with milliseconds, letters of all languages as they are. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Makes other options (a framework's own) agree with <see cref="Options"/>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        // The wire is never pasted into HTML by the hub, and escaping everything beyond ASCII would triple much text.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
