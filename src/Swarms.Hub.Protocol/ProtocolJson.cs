using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

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
        if (!UsesReflection)
            options.TypeInfoResolverChain.Insert(0, ProtocolJsonContext.Default);
    }

    /// <summary>Programs for browsers and phones are trimmed, and yet the serializer's reflection is on in them.</summary>
    private static bool UsesReflection => JsonSerializer.IsReflectionEnabledByDefault
        && !OperatingSystem.IsBrowser() && !OperatingSystem.IsAndroid() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS();

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        if (options.TypeInfoResolver is null)
            UseReflection(options);

        options.MakeReadOnly();
        return options;
    }

    // Nothing is trimmed where reflection is on.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Called only where the serializer's reflection is on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Called only where the serializer's reflection is on.")]
    private static void UseReflection(JsonSerializerOptions options) => options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
}
