namespace Swarms.Hub.LoadTest;

/// <summary>The text of <c>--help</c>.</summary>
internal static class Usage
{
    public const string Text = """
        Usage: dotnet run -c Release --project tests/Swarms.Hub.LoadTest -- [scenario] [options]

        Starts a hub (and its peers), lets many viewers watch over real WebSockets, checks every viewer's sequences and prints what it
        cost. The exit code is 0 where every viewer got 1, 2, 3 … to the end, 1 where one did not, 2 where the command is not understood.

        Scenarios
          feed             viewers watch a steady feed, one server after the other (default)
          slow-viewers     the same, then again beside viewers that stall or trickle
          growth           the hub's feed over 10 to 5000 viewers and 1 to 200 rooms; --rate is each room's
          reconnect-storm  ten of eleven viewers lose their connection in mid-run and come back at once
          soak             runs begin and end, viewers leave and come back; --repeat rounds of --seconds
          join             time and bytes of joining over the length of the history, 10 to 1,000,000 events
          idle             memory of viewers and rooms where nothing happens
          commits          commits a second and how long they take, over the runs in flight
          storage          database bytes for each chunk

        What is measured
          --preset NAME         100x1000, 1000x50 or 1000x1000: viewers x chunks a second, in one room
          --servers LIST        hub, group, kestrel, socketio, ws, nchan, or hub:PATH of another built hub; commas between (default hub)
          --rooms N             rooms (default 1)
          --viewers N           viewers in each room (default 100)
          --runs N              runs in each room at one time (default 20)
          --rate N              chunks a second in each room, over all of its runs (default 1000)
          --chunk-bytes N       bytes of text in each chunk (default 24)
          --stalled N           further viewers of the first room that stop reading (default 0; slow-viewers 5)
          --trickling N         further viewers of the first room that read 1 kB a second (default 0; slow-viewers 5)
          --run-chunks N        chunks in each run of a history: join, storage (default 2000)

        How it is measured
          --warmup N            seconds before the first window (default 15: .NET compiles what is hot twice)
          --seconds N           seconds of a window (default 5)
          --repeat N            windows, of which the medians are shown (default 3)
          --json                JSON instead of a table (default off)
          --smoke               a small feed of a few seconds that only checks: 20 viewers, 2 runs

        The hub
          --set SECTION:NAME=VALUE  a setting of the hub, any number of times (default none)
          --env NAME=VALUE      an environment variable of the hub, any number of times (default none)
          --hub ADDRESS:PORT    one that runs already, with the next two (default: starts one)
          --hub-process ID      its process, whose CPU and memory are counted
          --upstream-port PORT  where it expects its upstream (default: any free port)
          --help                this
        """;
}
