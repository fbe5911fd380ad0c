using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Swarms.Hub.Access;

/// <summary>
/// The addresses of embeds' tokens. An endpoint with the mark reads one run: it is open to pages of every origin, and only to these tokens,
/// which no browser sends by itself. Everywhere else such a token is a wrong one.
/// </summary>
internal sealed class EmbedReads
{
    /// <summary>The address of the feed, before the run's id.</summary>
    public const string Path = "/api/embed";

    private const string Cors = "embeds";

    private static readonly EmbedReads Mark = new();

    public static RouteHandlerBuilder Allow(RouteHandlerBuilder endpoint) => endpoint.WithMetadata(Mark).RequireCors(Cors);

    public static bool AreAllowed(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EmbedReads>() is not null;

    /// <summary>True for the feed, for connections, and for the tickets that open them.</summary>
    public static bool TakesToken(HttpRequest request) =>
        request.Path.StartsWithSegments(Path) || request.Path.StartsWithSegments("/hub") || request.Path == "/api/tickets";

    /// <summary>Lets pages of every origin read the feed. Browsers send no cookie where any origin is allowed.</summary>
    public static void Configure(CorsOptions cors) => cors.AddPolicy(Cors, policy => policy
        .AllowAnyOrigin()
        .WithMethods(HttpMethods.Get)
        .WithHeaders("Authorization", "Last-Event-ID")
        .WithExposedHeaders("Retry-After"));
}
