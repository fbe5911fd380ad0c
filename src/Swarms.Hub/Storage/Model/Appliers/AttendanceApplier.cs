using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Attendance;

namespace Swarms.Hub.Storage.Model;

/// <summary>Begins, continues and ends the times in which members watch.</summary>
internal sealed class AttendanceApplier : ChangeApplier<AttendanceChange>
{
    protected override void Apply(AppliedCommit commit, AttendanceChange change)
    {
        switch (change)
        {
            case AttendanceChange.Add add:
                Add(commit, add);
                break;
            case AttendanceChange.GoOn goOn:
                commit.Context.Attendance.Where(row => row.RoomKey == commit.RoomKey && row.IsOpen)
                    .ExecuteUpdate(row => row.SetProperty(r => r.LastAt, goOn.At));
                break;
        }
    }

    private static void Add(AppliedCommit commit, AttendanceChange.Add add)
    {
        var members = add.Marks.Select(mark => mark.MemberId).Distinct().ToList();
        var since = add.Marks.Min(mark => mark.At) - add.Gap;
        var recent = commit.Context.Attendance
            .Where(row => row.RoomKey == commit.RoomKey && members.Contains(row.MemberId) && (row.IsOpen || row.LastAt >= since))
            .ToList();
        foreach (var mark in add.Marks)
        {
            var last = recent.Where(row => row.MemberId == mark.MemberId).MaxBy(row => row.CameAt);
            if (last is not null && (!mark.IsHere || mark.At - last.LastAt <= add.Gap))
            {
                last.LastAt = mark.At > last.LastAt ? mark.At : last.LastAt;
                last.IsOpen = mark.IsHere;
            }
            else if (mark.IsHere)
            {
                recent.Add(Begin(commit, mark));
            }
        }
    }

    private static AttendanceRow Begin(AppliedCommit commit, AttendanceMark mark)
    {
        var earlier = commit.Context.Attendance.Where(row => row.RoomKey == commit.RoomKey && row.MemberId == mark.MemberId);
        // The times that this commit begins are not among the stored ones yet.
        var begins = commit.Context.ChangeTracker.Entries<AttendanceRow>()
            .Count(entry => entry.State == EntityState.Added && entry.Entity.MemberId == mark.MemberId);
        var kept = earlier.OrderByDescending(row => row.CameAt).Skip(IAttendanceStore.MaxTimesPerMember - 1 - begins).FirstOrDefault();
        if (kept is not null)
            earlier.Where(row => row.CameAt <= kept.CameAt).ExecuteDelete();

        var begun = new AttendanceRow
        {
            RoomKey = commit.RoomKey,
            MemberId = mark.MemberId,
            CameAt = mark.At,
            LastAt = mark.At,
            IsOpen = true,
        };
        commit.Context.Add(begun);
        return begun;
    }
}
