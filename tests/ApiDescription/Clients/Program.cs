using Swarms.Hub.Generated;

// One room for each generated client: create, invite, join, say, start a run, read its events, take its transcript, meet a refusal.
var address = args[0].TrimEnd('/');
await NSwagCalls.RunAsync(address);
await KiotaCalls.RunAsync(address);
Console.WriteLine("Both clients made all their calls.");
