using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The wire types for programs without reflection: trimmed ones, and those compiled ahead of time. <see cref="ProtocolJson"/> gives its
/// own names and converters, and uses this only where reflection is off.
/// </summary>
[JsonSerializable(typeof(ApproveRunRequest))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(ChangeMemberRequest))]
[JsonSerializable(typeof(ChangeRoomRequest))]
[JsonSerializable(typeof(CreateInviteRequest))]
[JsonSerializable(typeof(CreateProgramRequest))]
[JsonSerializable(typeof(CreateReturnLinkRequest))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(DeclineRunRequest))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(InviteCreated))]
[JsonSerializable(typeof(InviteList))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(MemberBanned))]
[JsonSerializable(typeof(MessageSaid))]
[JsonSerializable(typeof(OwnReturnLink))]
[JsonSerializable(typeof(PlaceRunRequest))]
[JsonSerializable(typeof(ProgramCreated))]
[JsonSerializable(typeof(ProgramList))]
[JsonSerializable(typeof(ReactRequest))]
[JsonSerializable(typeof(RenewTokenRequest))]
[JsonSerializable(typeof(ReturnLinkCreated))]
[JsonSerializable(typeof(ReturnRequest))]
[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(RoomAdmission))]
[JsonSerializable(typeof(RoomEvent))]
[JsonSerializable(typeof(RoomFrame))]
[JsonSerializable(typeof(RoomPresence))]
[JsonSerializable(typeof(RoomWithMe))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(SayRequest))]
[JsonSerializable(typeof(ServerDescription))]
[JsonSerializable(typeof(StartRunRequest))]
[JsonSerializable(typeof(TicketCreated))]
[JsonSerializable(typeof(TokenRenewed))]
[JsonSerializable(typeof(Transcript))]
// Arguments of calls over SignalR.
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProtocolJsonContext : JsonSerializerContext;
