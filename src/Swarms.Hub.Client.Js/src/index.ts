export type { AgentTask } from './Commands/AgentTask.js';
export type { ListRunsRequest } from './Commands/RoomClient.Runs.js';
export { ConnectionState } from './Feed/ConnectionState.js';
export { ConnectionTransport } from './Feed/ConnectionTransport.js';
export { HubClient } from './HubClient.js';
export { HubClientError } from './HubClientError.js';
export type { HubClientOptions, WebSocketConstructor } from './HubClientOptions.js';
export { ComeBack } from './Protocol/ComeBack.js';
export type { Ending } from './Protocol/Ending.js';
export { Endings } from './Protocol/Endings.js';
export { ErrorCodes } from './Protocol/ErrorCodes.js';
export { EventTypes, isEnding } from './Protocol/Feed/EventTypes.js';
export { FrameKinds } from './Protocol/Feed/FrameKinds.js';
export { RoomCursor } from './Protocol/Feed/RoomCursor.js';
export type { RoomEvent } from './Protocol/Feed/RoomEvent.js';
export type { EventsFrame, ResumedFrame, RoomFrame, SnapshotFrame, StorageFrame } from './Protocol/Feed/RoomFrame.js';
export { SnapshotReasons } from './Protocol/Feed/SnapshotReasons.js';
export type { Ban } from './Protocol/Access/Ban.js';
export type { BanList } from './Protocol/Access/BanList.js';
export type { ChangeMemberRequest } from './Protocol/Members/ChangeMemberRequest.js';
export type { CreateInviteRequest } from './Protocol/Access/CreateInviteRequest.js';
export type { CreateProgramRequest } from './Protocol/Access/CreateProgramRequest.js';
export type { CreateReturnLinkRequest } from './Protocol/Access/CreateReturnLinkRequest.js';
export type { FormerMember } from './Protocol/Members/FormerMember.js';
export type { HandPayload } from './Protocol/Members/HandPayload.js';
export type { Invite } from './Protocol/Access/Invite.js';
export type { InviteCreated } from './Protocol/Access/InviteCreated.js';
export type { InviteList } from './Protocol/Access/InviteList.js';
export { LeaveReasons } from './Protocol/Members/LeaveReasons.js';
export type { Member } from './Protocol/Members/Member.js';
export type { MemberBanned } from './Protocol/Access/MemberBanned.js';
export { MemberLeftPayload } from './Protocol/Members/MemberLeftPayload.js';
export { MemberPayload } from './Protocol/Members/MemberPayload.js';
export type { MemberPresence } from './Protocol/Members/MemberPresence.js';
export { MemberRekeyedPayload } from './Protocol/Members/MemberRekeyedPayload.js';
export { isRole, type MemberRole, MemberRoles } from './Protocol/Members/MemberRoles.js';
export type { ProgramCreated } from './Protocol/Access/ProgramCreated.js';
export type { ProgramList } from './Protocol/Access/ProgramList.js';
export type { RenewTokenRequest } from './Protocol/Access/RenewTokenRequest.js';
export type { ReturnLinkCreated } from './Protocol/Access/ReturnLinkCreated.js';
export { RoomPresence } from './Protocol/Members/RoomPresence.js';
export type { RoomWatching } from './Protocol/Members/RoomWatching.js';
export { WatchingStates } from './Protocol/Members/WatchingStates.js';
export type { MemberWatching } from './Protocol/Members/MemberWatching.js';
export type { AttendanceTime } from './Protocol/Members/AttendanceTime.js';
export type { MemberAttendance } from './Protocol/Members/MemberAttendance.js';
export type { RoomAttendance } from './Protocol/Members/RoomAttendance.js';
export type { InvitedRoom } from './Protocol/Access/InvitedRoom.js';
export type { InviteLook } from './Protocol/Access/InviteLook.js';
export type { LookAtInviteRequest } from './Protocol/Access/LookAtInviteRequest.js';
export type { RoomProgram } from './Protocol/Access/RoomProgram.js';
export type { TicketCreated } from './Protocol/Access/TicketCreated.js';
export type { TokenRenewed } from './Protocol/Access/TokenRenewed.js';
export type { Message } from './Protocol/Messages/Message.js';
export { MessagePayload } from './Protocol/Messages/MessagePayload.js';
export type { MessageReaction } from './Protocol/Messages/MessageReaction.js';
export type { MessageSaid } from './Protocol/Messages/MessageSaid.js';
export { ReactionPayload } from './Protocol/Messages/ReactionPayload.js';
export type { ReactRequest } from './Protocol/Messages/ReactRequest.js';
export type { SayRequest } from './Protocol/Messages/SayRequest.js';
export type { ChangeRoomRequest } from './Protocol/Rooms/ChangeRoomRequest.js';
export type { CreateRoomRequest } from './Protocol/Rooms/CreateRoomRequest.js';
export type { JoinRequest } from './Protocol/Rooms/JoinRequest.js';
export type { ReturnRequest } from './Protocol/Rooms/ReturnRequest.js';
export type { Room } from './Protocol/Rooms/Room.js';
export type { RoomAdmission } from './Protocol/Rooms/RoomAdmission.js';
export { RoomNamePayload } from './Protocol/Rooms/RoomNamePayload.js';
export { RoomState } from './Protocol/Rooms/RoomState.js';
export type { RoomWithMe } from './Protocol/Rooms/RoomWithMe.js';
export { ChunkPayload } from './Protocol/Runs/ChunkPayload.js';
export { DonePayload } from './Protocol/Runs/DonePayload.js';
export { MetadataPayload } from './Protocol/Runs/MetadataPayload.js';
export type { Run } from './Protocol/Runs/Run.js';
export type { RunAgent } from './Protocol/Runs/RunAgent.js';
export { RunError } from './Protocol/Runs/RunError.js';
export { type RunKind, RunKinds } from './Protocol/Runs/RunKinds.js';
export { RunMovedPayload } from './Protocol/Runs/RunMovedPayload.js';
export type { RunPage } from './Protocol/Runs/RunPage.js';
export type { RunPart } from './Protocol/Runs/RunPart.js';
export { RunQueuedPayload } from './Protocol/Runs/RunQueuedPayload.js';
export { RunReasonPayload } from './Protocol/Runs/RunReasonPayload.js';
export { RunReasons } from './Protocol/Runs/RunReasons.js';
export type { RunStarted } from './Protocol/Runs/RunStarted.js';
export type { RunStartedPayload } from './Protocol/Runs/RunStartedPayload.js';
export { RunState } from './Protocol/Runs/RunState.js';
export { hasEnded, type RunEnding, RunStates } from './Protocol/Runs/RunStates.js';
export type { StartRunRequest } from './Protocol/Runs/StartRunRequest.js';
export { Usage } from './Protocol/Runs/Usage.js';
export { type RoomCreator, RoomCreators } from './Protocol/Server/RoomCreators.js';
export type { ServerDescription } from './Protocol/Server/ServerDescription.js';
export type { UpstreamDescription } from './Protocol/Server/UpstreamDescription.js';
export { type UpstreamKind, UpstreamKinds } from './Protocol/Server/UpstreamKinds.js';
export type { Transcript } from './Protocol/Transcripts/Transcript.js';
export { type TranscriptFormat, TranscriptFormats } from './Protocol/Transcripts/TranscriptFormats.js';
export type { TranscriptMessage } from './Protocol/Transcripts/TranscriptMessage.js';
export type { TranscriptReaction } from './Protocol/Transcripts/TranscriptReaction.js';
export { RoomClient, type WatchOptions } from './RoomClient.js';
export { RoomSnapshot } from './State/RoomSnapshot.js';
export type {
  ConnectionStateUpdate,
  DigestUpdate,
  EventsUpdate,
  PresenceUpdate,
  ResumedUpdate,
  RoomUpdate,
  SnapshotUpdate,
  StorageUpdate,
  WatchingUpdate,
} from './State/RoomUpdate.js';
