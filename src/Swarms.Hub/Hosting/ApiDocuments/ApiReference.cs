using System.Security.Cryptography;
using Scalar.AspNetCore;
using Swarms.Hub.Access;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Serves <c>/docs</c>: the API's document as a page to read and to try. Its library comes with the hub, and its browser asks nobody but
/// the hub: the policy of its answer allows no other address.
/// </summary>
internal static class ApiReference
{
    private const string Path = "/docs";

    public static void MapApiReference(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference(Path, Configure).RequireAuthorization(RoomPolicies.Inspect);

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        options.Title = "Swarms.Hub API";
        options.Nonce = nonce;
        options
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .HideClientButton()
            .HideDeveloperTools();
    }

    // The library makes its styles while it runs. Its one inline script has the nonce.
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
