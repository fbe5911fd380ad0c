using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// Takes costs out of the answers to callers who may not see them. All doors answer through it, so none can forget it; what writes its
/// answer itself asks the room. The audience is asked when the answer is ready, so a change in between counts. Safe from any thread.
/// </summary>
internal sealed class MoneyAnswers(IRoomDirectory rooms) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result as IResult;
        return answer is IValueHttpResult { Value: { } value } && await MustHideAsync(context.HttpContext, value)
            ? new AnswerWithoutCosts(answer)
            : result;
    }

    /// <summary>Returns the result of a call as its caller may see it now. A stream asks the room itself.</summary>
    public async ValueTask<object?> ShowAsync(RoomCaller caller, object? result) =>
        result is null or string or ValueType or IAsyncEnumerable<object> || !await MustHideAsync(caller)
            ? result
            : MoneyFilter.Hide(result);

    private ValueTask<bool> MustHideAsync(HttpContext context, object value) => value switch
    {
        // A caller who enters a room is no member of it yet.
        RoomAdmission { Room.Settings: { } settings, Member.Role: var role } => ValueTask.FromResult(!settings.ShowsMoneyTo(role)),
        _ when context.Features.Get<RoomCaller>() is { } caller => MustHideAsync(caller),
        _ => ValueTask.FromResult(false),
    };

    private async ValueTask<bool> MustHideAsync(RoomCaller caller)
    {
        using var lease = await rooms.TryOpenAsync(caller.RoomId, CancellationToken.None);
        return lease?.Log.AudienceOf(caller.Member.Id) != Audience.WithCosts;
    }

    private sealed class AnswerWithoutCosts(IResult answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var body = response.Body;
            using var buffer = new MemoryStream();
            response.Body = buffer;
            try
            {
                await answer.ExecuteAsync(httpContext);
            }
            finally
            {
                response.Body = body;
            }

            var json = MoneyFilter.Filter(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
            response.ContentLength = json.Length;
            await response.BodyWriter.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
