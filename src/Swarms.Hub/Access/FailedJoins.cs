using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// Limits guessing of codes by address. Only failures count: a class of thirty behind one address joins at once. Safe from any
/// thread.
/// </summary>
internal sealed class FailedJoins(IOptions<AccessOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.MaxFailedJoinsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    public void Refuse(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(Address(context), permitCount: 0);
        if (!lease.IsAcquired)
            throw new HubErrorException(ErrorCodes.RateLimited, "Too many wrong invites came from your address. Try again in a minute.", TimeSpan.FromMinutes(1));
    }

    public void Count(HttpContext context) => _limiter.AttemptAcquire(Address(context)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
