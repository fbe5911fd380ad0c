using Peers;

// The .NET peers that the hub is compared with: "group" or "kestrel".
var builder = WebApplication.CreateBuilder(args[1..]);
builder.Services.AddSignalR();
builder.Services.AddHttpClient();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<UpstreamReader>();
if (args[0] == "group")
    builder.Services.AddSingleton<IBroadcast, GroupBroadcast>();
else
    builder.Services.AddSingleton<IBroadcast, SocketBroadcast>();

var app = builder.Build();
app.MapHub<GroupHub>("/hub");
app.MapGet("/watch", (HttpContext context, IBroadcast broadcast) => ((SocketBroadcast)broadcast).WatchAsync(context));
app.MapPost("/runs", (string room, RunSource source, UpstreamReader reader) => reader.StartAsync(room, source));
app.Run();
