using Swarms.Hub.Access;
using Swarms.Hub.Attendance;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Gateway;
using Swarms.Hub.Hosting;
using Swarms.Hub.Hubs;
using Swarms.Hub.Operations;
using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Search;
using Swarms.Hub.Storage;
using Swarms.Hub.Transcripts;
using Swarms.Hub.Upstream;

try
{
    if (HubCulture.Use() is { } problem)
        return StartupFailure.Print(problem);

    if (HubCommands.TryRun(args) is { } exitCode)
        return exitCode;

    var builder = WebApplication.CreateBuilder(ProgramFolder.AsContentRoot(args));

    // The parts of the hub, in the order in which they start; they stop in the reverse order.
    builder.AddHosting();
    builder.Services
        .AddDiagnostics(builder.Configuration)
        .AddErrors()
        .AddStorage()
        .AddRoomLogs()
        .AddAccess()
        .AddUpstream()
        .AddRuns()
        .AddRooms()
        .AddDelivery()
        .AddPresence()
        .AddAttendance()
        .AddOperations()
        .AddHubs()
        .AddGateway()
        .AddTranscripts();

    var app = builder.Build();
    app.UseHosting();

    // The doors, in the order of their paths. One filter keeps costs from callers who may not see them.
    var doors = app.MapGroup("").AddEndpointFilter<RouteGroupBuilder, MoneyAnswers>();
    doors.MapRooms();
    doors.MapRuns();
    doors.MapDelivery();
    doors.MapAttendance();
    doors.MapOperations();
    doors.MapSearch();
    doors.MapTranscripts();
    doors.MapAccess();
    app.MapHubs();
    doors.MapGateway();
    app.MapHosting();

    return await HubLife.RunAsync(app);
}
catch (Exception e) when (StartupFailure.Explain(e) is { } sentence)
{
    return StartupFailure.Print(sentence);
}
