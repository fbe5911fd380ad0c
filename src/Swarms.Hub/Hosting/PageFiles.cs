using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Serves the built page's files. The page's build leaves a Brotli and a gzip copy beside each file that shrinks; the hub compresses
/// nothing itself and picks one by <c>Accept-Encoding</c>.
/// </summary>
internal static class PageFiles
{
    private const string Html = "text/html; charset=utf-8";

    // Vite puts a digest of the content into these names.
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    // In the hub's order of preference.
    private static readonly (string Coding, string Suffix)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    public static void Use(WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.Use((context, next) =>
        {
            var path = context.Request.Path.Value ?? "";
            // A copy has no address of its own.
            if (Encodings.Any(encoding => path.EndsWith(encoding.Suffix, StringComparison.OrdinalIgnoreCase)))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                context.Request.Path = path + Pick(context, files, path);

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = new UnderlyingType(),
            OnPrepareResponse = file => SetHeaders(file.Context.Response, file.Context.Request.Path.Value!),
        });
    }

    /// <summary>
    /// Answers with one of the page's forms, or null if there is none. Its tag is a digest, because its name and time may stay from build
    /// to build.
    /// </summary>
    public static async Task<IResult?> FindPageAsync(HttpContext context, IFileProvider files, string path)
    {
        var suffix = Pick(context, files, path);
        var page = files.GetFileInfo(path + suffix);
        if (!page.Exists)
            return null;

        var bytes = new byte[page.Length];
        await using (var stream = page.CreateReadStream())
            await stream.ReadExactlyAsync(bytes, context.RequestAborted);

        SetHeaders(context.Response, path + suffix);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"");
        return Results.Bytes(bytes, Html, enableRangeProcessing: true, entityTag: tag);
    }

    private static void SetHeaders(HttpResponse response, string path)
    {
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? Immutable : Revalidated;
        foreach (var (coding, suffix) in Encodings)
        {
            if (path.EndsWith(suffix, StringComparison.Ordinal))
                response.Headers.ContentEncoding = coding;
        }
    }

    /// <summary>Returns the suffix of the copy to send; nothing for the file itself.</summary>
    private static string Pick(HttpContext context, IFileProvider files, string path)
    {
        var accepted = new RequestHeaders(context.Request.Headers).AcceptEncoding;
        if (accepted.Count == 0)
            return "";

        return Encodings
            .Where(encoding => Quality(accepted, encoding.Coding) > 0 && files.GetFileInfo(path + encoding.Suffix).Exists)
            .OrderByDescending(encoding => Quality(accepted, encoding.Coding))
            .Select(encoding => encoding.Suffix)
            .FirstOrDefault("");
    }

    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var named = accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*");
        return named is null ? 0 : named.Quality ?? 1;
    }

    // A copy has the type of its file.
    private sealed class UnderlyingType : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _types = new();

        public bool TryGetContentType(string subpath, out string contentType)
        {
            var suffix = Encodings.Select(encoding => encoding.Suffix)
                .FirstOrDefault(suffix => subpath.EndsWith(suffix, StringComparison.Ordinal), "");
            return _types.TryGetContentType(subpath[..^suffix.Length], out contentType!);
        }
    }
}
