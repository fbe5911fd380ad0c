using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Swarms.Hub.Support;

/// <summary>
/// A copy of SQLite's default VFS, by SQLite's own interface for that. The files of a <see cref="FaultyDisk"/> read, write, truncate and
/// sync through it; all other files are untouched.
/// </summary>
internal static class DiskShim
{
    private const int Ok = 0;
    private const int ReadError = 266;
    private const int WriteError = 778;
    private const int SyncError = 1034;
    private const int TruncateError = 1546;

    // The layout of sqlite3_vfs and sqlite3_io_methods, version 3, from sqlite3.h, in bytes on 64 bits.
    private const int VfsSize = 168;
    private const int VfsName = 24;
    private const int VfsOpen = 40;
    private const int MethodsSize = 152;
    private const int ReadMethod = 16;
    private const int WriteMethod = 24;
    private const int TruncateMethod = 32;
    private const int SyncMethod = 40;

    private static readonly ConcurrentDictionary<FaultyDisk, bool> Disks = [];
    private static readonly ConcurrentDictionary<nint, OpenFile> Files = [];
    private static readonly ConcurrentDictionary<nint, Methods> Tables = [];
    private static readonly Lazy<bool> Installed = new(Install);

    // SQLite keeps the pointers, so the garbage collector must not free the delegates.
    private static readonly Open OpenHook = OpenThrough;
    private static readonly Transfer ReadHook = (file, buffer, count, offset) => Files[file].Read(file, buffer, count, offset);
    private static readonly Transfer WriteHook = (file, buffer, count, offset) => Files[file].Write(file, buffer, count, offset);
    private static readonly Truncate TruncateHook = (file, size) => Files[file].Truncate(file, size);
    private static readonly Sync SyncHook = (file, flags) => Files[file].Sync(file, flags);

    private static nint _vfs;
    private static Open _open = null!;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Open(nint vfs, nint path, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Transfer(nint file, nint buffer, int count, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Truncate(nint file, long size);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sync(nint file, int flags);

    public static void Add(FaultyDisk disk)
    {
        Assert.True(Installed.Value);
        Disks[disk] = true;
    }

    public static void Remove(FaultyDisk disk) => Disks.TryRemove(disk, out _);

    private static bool Install()
    {
        _vfs = Find(null);
        Assert.True(Marshal.ReadInt32(_vfs) == 3 && nint.Size == 8, "This SQLite lays its files out in another way.");
        _open = Marshal.GetDelegateForFunctionPointer<Open>(Marshal.ReadIntPtr(_vfs, VfsOpen));
        var copy = Copy(_vfs, VfsSize);
        Marshal.WriteIntPtr(copy, VfsName, Marshal.StringToCoTaskMemUTF8("faulty"));
        Marshal.WriteIntPtr(copy, VfsOpen, Marshal.GetFunctionPointerForDelegate(OpenHook));
        return Register(copy, makeDefault: 1) == Ok;
    }

    private static int OpenThrough(nint vfs, nint path, nint file, int flags, nint outFlags)
    {
        var result = _open(_vfs, path, file, flags, outFlags);
        if (result == Ok && Marshal.PtrToStringUTF8(path) is { } name && Disks.Keys.FirstOrDefault(disk => disk.Owns(name)) is { } owner)
        {
            var methods = Tables.GetOrAdd(Marshal.ReadIntPtr(file), Divert);
            Files[file] = new OpenFile(owner, name, methods);
            Marshal.WriteIntPtr(file, methods.Table);
        }

        return result;
    }

    private static Methods Divert(nint original)
    {
        var table = Copy(original, MethodsSize);
        Marshal.WriteIntPtr(table, ReadMethod, Marshal.GetFunctionPointerForDelegate(ReadHook));
        Marshal.WriteIntPtr(table, WriteMethod, Marshal.GetFunctionPointerForDelegate(WriteHook));
        Marshal.WriteIntPtr(table, TruncateMethod, Marshal.GetFunctionPointerForDelegate(TruncateHook));
        Marshal.WriteIntPtr(table, SyncMethod, Marshal.GetFunctionPointerForDelegate(SyncHook));
        return new Methods(
            table,
            Marshal.GetDelegateForFunctionPointer<Transfer>(Marshal.ReadIntPtr(original, ReadMethod)),
            Marshal.GetDelegateForFunctionPointer<Transfer>(Marshal.ReadIntPtr(original, WriteMethod)),
            Marshal.GetDelegateForFunctionPointer<Truncate>(Marshal.ReadIntPtr(original, TruncateMethod)),
            Marshal.GetDelegateForFunctionPointer<Sync>(Marshal.ReadIntPtr(original, SyncMethod)));
    }

    private static nint Copy(nint original, int size)
    {
        var bytes = new byte[size];
        Marshal.Copy(original, bytes, 0, size);
        var copy = Marshal.AllocHGlobal(size);
        Marshal.Copy(bytes, 0, copy, size);
        return copy;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern nint Find([MarshalAs(UnmanagedType.LPUTF8Str)] string? name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Register(nint vfs, int makeDefault);

    private sealed record OpenFile(FaultyDisk Disk, string Name, Methods Methods)
    {
        public int Read(nint file, nint buffer, int count, long offset) =>
            Disk.Fails(DiskFaults.Read) ? ReadError : Methods.Read(file, buffer, count, offset);

        public int Write(nint file, nint buffer, int count, long offset) =>
            Disk.Fails(DiskFaults.Write) ? WriteError : Methods.Write(file, buffer, count, offset);

        public int Truncate(nint file, long size)
        {
            if (Disk.Fails(DiskFaults.Write))
                return TruncateError;

            Disk.Truncated(Name, size);
            return Methods.Truncate(file, size);
        }

        public int Sync(nint file, int flags)
        {
            Disk.Sync();
            if (Disk.Fails(DiskFaults.Sync))
                return SyncError;

            var result = Methods.Sync(file, flags);
            if (result == Ok)
                Disk.Synced(Name);

            return result;
        }
    }

    private sealed record Methods(nint Table, Transfer Read, Transfer Write, Truncate Truncate, Sync Sync);
}
