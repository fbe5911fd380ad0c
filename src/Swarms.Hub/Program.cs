using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Gateway;
using Swarms.Hub.Hosting;
using Swarms.Hub.Hubs;
using Swarms.Hub.Presence;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage;
using Swarms.Hub.Transcripts;
using Swarms.Hub.Upstream;

// The host is gone by the time that an exception arrives here.
CancellationToken stopping = default;
try
{
    if (HubCommands.TryRun(args) is { } exitCode)
        return exitCode;

    var builder = WebApplication.CreateBuilder(args);

    // What the hub is made of, in the order in which it starts; it stops in the reverse.
    builder.AddServer();
    builder.Services
        .AddOperations()
        .AddStorage()
        .AddRooms()
        .AddAccess()
        .AddUpstream(builder.Configuration)
        .AddRuns()
        .AddDelivery()
        .AddPresence()
        .AddHubs()
        .AddGateway()
        .AddTranscripts();

    var app = builder.Build();
    stopping = app.Lifetime.ApplicationStopping;
    app.UseServer();

    // The doors.
    app.MapOperations();
    app.MapAccess();
    app.MapRuns();
    app.MapRoomEvents();
    app.MapTranscripts();
    app.MapHubs();
    app.MapCompletions();
    app.MapPage();

    app.Run();
    return 0;
}
catch (Exception e) when (StartRefusal.IsStopped(e, stopping))
{
    return 0;
}
catch (Exception e) when (StartRefusal.Explain(e) is { } sentence)
{
    return StartRefusal.Print(sentence);
}
