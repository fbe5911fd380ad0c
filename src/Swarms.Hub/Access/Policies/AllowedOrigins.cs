using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Access;

/// <summary>Lets pages of the configured origins call the hub with a token, but never with a cookie.</summary>
internal sealed class AllowedOrigins(IOptions<AccessOptions> options) : IConfigureOptions<CorsOptions>
{
    // People paste origins with a slash at the end; browsers send none.
    private readonly string[] _origins = [.. options.Value.AllowedOrigins.Select(origin => origin.Trim().TrimEnd('/'))];

    public bool Contains(string origin) => _origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    public void Configure(CorsOptions cors) => cors.AddDefaultPolicy(policy => policy
        .WithOrigins(_origins)
        .AllowAnyHeader()
        .AllowAnyMethod()
        .WithExposedHeaders("X-Run-Id", "Retry-After", "Content-Disposition"));
}
