using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

/// <summary>How the program ends where a part of it fails.</summary>
public sealed class HubLifeTests
{
    [Fact]
    public async Task Loop_That_Fails_Ends_The_Program_With_1()
    {
        var app = Build(services => services.AddHostedService<FailingLoop>());

        Assert.Equal(1, await HubLife.RunAsync(app).InTime());
    }

    [Fact]
    public async Task Loop_That_Fails_While_Others_Start_Ends_The_Program_With_1()
    {
        var app = Build(services => services.AddHostedService<FailingLoop>().AddHostedService<SlowStart>());

        Assert.Equal(1, await HubLife.RunAsync(app).InTime());
    }

    [Fact]
    public async Task Stop_Ends_The_Program_With_0()
    {
        var app = Build(services => services.AddHostedService<QuietLoop>());
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        Assert.Equal(0, await HubLife.RunAsync(app).InTime());
    }

    [Fact]
    public async Task Start_That_Fails_Stops_The_Loops_Before_It_Disposes_What_They_Use()
    {
        var app = Build(services => services
            .AddSingleton<Resource>()
            .AddHostedService<UsingLoop>()
            .AddHostedService<FailingStart>());
        var resource = app.Services.GetRequiredService<Resource>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => HubLife.RunAsync(app).InTime());

        Assert.False(resource.WasInUse);
    }

    private static WebApplication Build(Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add(builder.Services);
        return builder.Build();
    }

    private sealed class FailingLoop : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("The loop failed.");
        }
    }

    private sealed class QuietLoop : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private sealed class UsingLoop(Resource resource) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            resource.IsInUse = true;
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A loop ends its work first, as the writer does its transaction.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            resource.IsInUse = false;
        }
    }

    // Its start ends only because the hub is told to stop.
    private sealed class SlowStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FailingStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The start failed.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Resource : IDisposable
    {
        public bool IsInUse { get; set; }

        /// <summary>Whether it was in use when it was disposed of; null before.</summary>
        public bool? WasInUse { get; private set; }

        public void Dispose() => WasInUse ??= IsInUse;
    }
}
