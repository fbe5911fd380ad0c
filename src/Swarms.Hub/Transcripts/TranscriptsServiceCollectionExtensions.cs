namespace Swarms.Hub.Transcripts;

internal static class TranscriptsServiceCollectionExtensions
{
    public static IServiceCollection AddTranscripts(this IServiceCollection services)
    {
        services.AddSingleton<TranscriptPace>();
        services.AddSingleton<RoomTranscript>();
        return services;
    }
}
