using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Reads the images of a request, <c>img</c> and <c>imgs</c>: base64, with or without the beginning of a data URI, or an https address,
/// which the upstream fetches. The hub itself fetches nothing.
/// </summary>
internal static class ChatImages
{
    private const int MaxImages = 16;

    // The vendors take 5 to 20 MB. A larger one would be refused after it was sent.
    private const int MaxBytes = 20 * 1024 * 1024;

    private static readonly string[] MediaTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static IReadOnlyList<AIContent> Read(JsonElement request, bool takesAddresses)
    {
        var images = new List<AIContent>();
        foreach (var (name, image) in Images(request))
        {
            if (images.Count == MaxImages)
                throw ChatRequest.Invalid($"A request may have at most {MaxImages} images.");

            images.Add(
                image.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? Address(name, image, takesAddresses)
                : image.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                    ? throw ChatRequest.Invalid($"{name} must be an https address, or base64.")
                : Data(name, image));
        }

        return images;
    }

    private static IEnumerable<(string Name, string Image)> Images(JsonElement request)
    {
        if (request.Find("img") is { ValueKind: not JsonValueKind.Null } one)
            yield return ("img", Text("img", one));

        switch (request.Find("imgs"))
        {
            case null or { ValueKind: JsonValueKind.Null }:
                yield break;
            case { ValueKind: JsonValueKind.Array } list:
                foreach (var image in list.EnumerateArray())
                    yield return ("imgs", Text("imgs", image));

                break;
            default:
                throw ChatRequest.Invalid("imgs must be an array of images.");
        }
    }

    private static string Text(string name, JsonElement image) =>
        image.ValueKind == JsonValueKind.String && image.GetString() is { Length: > 0 } text
            ? text
            : throw ChatRequest.Invalid($"{name} must be an image in base64, or its https address.");

    private static UriContent Address(string name, string image, bool takesAddresses)
    {
        if (!takesAddresses)
            throw ChatRequest.Invalid($"{name} must be base64: this upstream fetches no images by their addresses.");

        return Uri.TryCreate(image, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            ? new UriContent(address, "image/*")
            : throw ChatRequest.Invalid($"{name} must be a valid https address without a user, or base64.");
    }

    private static DataContent Data(string name, string image)
    {
        var (declared, data) = Split(name, image);
        // Four signs are three bytes.
        if (data.Length / 4 > MaxBytes / 3)
            throw ChatRequest.Invalid($"{name} has an image of more than {MaxBytes / 1024 / 1024} MiB.");

        if (!Base64.IsValid(data))
            throw ChatRequest.Invalid($"{name} must be an image in base64, or its https address.");

        var bytes = Convert.FromBase64String(data);
        var mediaType = declared ?? MediaTypeOf(bytes)
            ?? throw ChatRequest.Invalid($"{name} must be a PNG, JPEG, GIF or WebP image.");
        return new DataContent(bytes, mediaType);
    }

    private static (string? MediaType, string Data) Split(string name, string image)
    {
        if (!image.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return (null, image);

        const string Base64 = ";base64";
        var comma = image.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !image[..comma].EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
            throw ChatRequest.Invalid($"{name} must be a data URI with base64, such as data:image/png;base64,…");

        var declared = image["data:".Length..(comma - Base64.Length)].ToLowerInvariant();
        return MediaTypes.Contains(declared)
            ? (declared, image[(comma + 1)..])
            : throw ChatRequest.Invalid($"{name} must be one of {string.Join(", ", MediaTypes)}.");
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> image) =>
        image.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : image.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : image.StartsWith("GIF8"u8) ? "image/gif"
        : image.Length > 12 && image.StartsWith("RIFF"u8) && image[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
