namespace Swarms.Hub.Attendance;

internal static class AttendanceServiceCollectionExtensions
{
    public static IServiceCollection AddAttendance(this IServiceCollection services)
    {
        services.AddSingleton<AttendanceRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceRecorder>());
        services.AddSingleton<WatchingNotifier>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchingNotifier>());
        return services;
    }
}
