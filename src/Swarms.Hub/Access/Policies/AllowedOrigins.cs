using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Access;

/// <summary>Lets pages of the configured origins call the hub with a token. Cookies are never theirs to use.</summary>
internal sealed class AllowedOrigins(IOptions<AccessOptions> options) : IConfigureOptions<CorsOptions>
{
    // As people paste them: browsers send no slash at the end.
    private readonly string[] _origins = [.. options.Value.AllowedOrigins.Select(origin => origin.Trim().TrimEnd('/'))];

    public bool Contains(string origin) => _origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    public void Configure(CorsOptions cors) => cors.AddDefaultPolicy(policy => policy
        .WithOrigins(_origins)
        .AllowAnyHeader()
        .AllowAnyMethod()
        .WithExposedHeaders("X-Run-Id", "Retry-After", "Content-Disposition"));
}
