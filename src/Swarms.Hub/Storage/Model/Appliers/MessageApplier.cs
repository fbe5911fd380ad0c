using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Checks what messages refer to, and erases what edits and removals take. An erased message names the event that erased it: the edit with
/// its present text, or its removal.
/// </summary>
internal sealed class MessageApplier : ChangeApplier<MessageChange>
{
    protected override void Apply(AppliedCommit commit, MessageChange change)
    {
        switch (change)
        {
            case MessageChange.Refer refer:
                if (refer.ReplyTo is { } replyTo && FindText(commit, FindMessage(commit, replyTo)) is null)
                    throw Conflict("The message was removed, so nobody can reply to it.");

                if (refer.Quote is { } quote)
                    commit.RequirePassage(quote);

                break;
            case MessageChange.Edit edit:
                Edit(commit, edit);
                break;
            case MessageChange.Remove remove:
                Remove(commit, remove);
                break;
        }
    }

    private static void Edit(AppliedCommit commit, MessageChange.Edit edit)
    {
        var message = FindMessage(commit, edit.Target);
        if (message.By != edit.By)
            throw new HubErrorException(ErrorCodes.Forbidden, "Only its author edits a message.");

        var holder = FindText(commit, message) ?? throw Conflict("The message was removed, so it cannot be edited.");
        if (TextOf(holder) == edit.Text)
            throw Unchanged("The message has that text already.");

        var edited = commit.SequenceOf(e => e.Type == EventTypes.MessageEdited);
        EraseText(commit, message, holder, edited, keepsReferences: true);
    }

    private static void Remove(AppliedCommit commit, MessageChange.Remove remove)
    {
        var message = FindMessage(commit, remove.Target);
        commit.Require(remove.By, message.By == remove.By ? MemberRoles.Viewer : MemberRoles.Host);
        var holder = FindText(commit, message) ?? throw Unchanged("The message was removed already.");
        var removed = commit.SequenceOf(e => e.Type == EventTypes.MessageRemoved);
        EraseText(commit, message, holder, removed, keepsReferences: false);
        commit.Context.Reactions.Where(r => r.RoomKey == commit.RoomKey && r.Target == remove.Target).ExecuteDelete();
    }

    // An edit that was erased before stays as it is: what erased it is still in the log.
    private static void EraseText(AppliedCommit commit, EventRow message, EventRow holder, long by, bool keepsReferences)
    {
        var data = JsonElement.Parse(message.Data);
        var (text, replyTo, quote) = MessagePayload.Read(data);
        var left = new ErasedPayload(by, Length: ErasedPayload.Read(data)?.Length ?? text.Length);
        if (holder != message)
            commit.Erase(holder, holder.Key, new ErasedPayload(by, message.Sequence, TextOf(holder).Length));

        commit.Erase(message, message.Key, keepsReferences ? left with { ReplyTo = replyTo, Quote = quote } : left);
    }

    private static EventRow FindMessage(AppliedCommit commit, long sequence) =>
        commit.Context.Events.Find(commit.RoomKey, sequence) is { Type: EventTypes.Message } message
            ? message
            : throw new HubErrorException(ErrorCodes.NotFound, "There is no message with that sequence in this room.");

    /// <summary>Returns the event with the message's present text; null if the message was removed.</summary>
    private static EventRow? FindText(AppliedCommit commit, EventRow message) =>
        ErasedPayload.Read(JsonElement.Parse(message.Data)) is not { } erased ? message
        : commit.Context.Events.Find(commit.RoomKey, erased.Erased) is { Type: EventTypes.MessageEdited } edited ? edited
        : null;

    private static string TextOf(EventRow holder) => MessagePayload.Read(JsonElement.Parse(holder.Data)).Text;

    private static HubErrorException Conflict(string sentence) => new(ErrorCodes.Conflict, sentence);

    private static HubErrorException Unchanged(string sentence) => new(ErrorCodes.Conflict, sentence) { ChangesNothing = true };
}
