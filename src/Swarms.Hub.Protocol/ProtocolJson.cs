using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The JSON options of the wire types.</summary>
public static class ProtocolJson
{
    /// <summary>Read-only options: camelCase, UTC times with milliseconds, letters of all languages unescaped.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Makes other options, such as a framework's own, agree with <see cref="Options"/>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        // The hub never pastes wire text into HTML, and escaping everything beyond ASCII would triple much of it.
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
