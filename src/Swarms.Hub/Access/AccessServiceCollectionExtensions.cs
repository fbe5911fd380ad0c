using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Access;

internal static class AccessServiceCollectionExtensions
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSettings<AccessOptions>("Access")
            .PostConfigure(access => access.OperatorKey = string.IsNullOrWhiteSpace(access.OperatorKey) ? null : access.OperatorKey.Trim());
        services.AddSingleton<TicketRegistry>();
        services.AddSingleton<FeedTickets>();
        services.AddSingleton<MemberConnections>();
        services.AddSingleton<RoomWatchers>();
        services.AddSettings<RateOptions>("Access");
        services.AddSingleton<CallRates>();
        services.AddSingleton<HeavyReads>();
        services.AddSingleton<TokenLookups>();
        services.AddSingleton<FailedJoins>();
        services.AddSingleton<HubIdentity>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<HubIdentity>());
        services.AddSingleton<InviteCodes>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<InviteCodes>());
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<OwnOrigin>();
        services.AddSingleton<Admissions>();
        services.AddSingleton<TokenUses>();
        services.AddSingleton<RoomAccess>();
        services.AddSingleton<MoneyAnswers>();
        services.AddSingleton<RoomCreationPolicy>();
        services.AddSingleton<OperatorKey>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<OperatorKey>());
        services.AddSingleton<IAuthorizationHandler, RoomRoleHandler>();
        services.AddSingleton<IAuthorizationHandler, OperatorHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalResultHandler>();
        // AddAuthentication would add data protection with keys of its own. Nothing here is encrypted.
        services.AddWebEncoders();
        services.AddTransient<MemberAuthenticationHandler>();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = MemberAuthenticationHandler.SchemeName;
            options.AddScheme<MemberAuthenticationHandler>(MemberAuthenticationHandler.SchemeName, null);
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(RoomPolicies.Viewer, policy => policy.AddRequirements(new RoomRoleRequirement(MemberRoles.Viewer)))
            .AddPolicy(RoomPolicies.Participant, policy => policy.AddRequirements(new RoomRoleRequirement(MemberRoles.Participant)))
            .AddPolicy(RoomPolicies.Host, policy => policy.AddRequirements(new RoomRoleRequirement(MemberRoles.Host)))
            .AddPolicy(RoomPolicies.CreateRoom, policy => policy.AddRequirements(new OperatorRequirement("Creating rooms")))
            .AddPolicy(RoomPolicies.Inspect, policy => policy.AddRequirements(new OperatorRequirement("This address")));
        services.AddCors(EmbedReads.Configure);
        services.AddSingleton<AllowedOrigins>();
        services.AddSingleton<IConfigureOptions<CorsOptions>>(provider => provider.GetRequiredService<AllowedOrigins>());
        return services;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes) => routes.MapTickets();
}
