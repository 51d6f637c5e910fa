using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// A job object of Windows that ends its processes when it is closed (Microsoft Learn, "Job Objects":
/// JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE). It holds even where this process is ended.
/// </summary>
internal sealed class WindowsJob : IDisposable
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    private IntPtr _job;

    private WindowsJob(IntPtr job) => _job = job;

    /// <summary>A job with the process in it; null where Windows does not allow one.</summary>
    public static WindowsJob? Of(Process process)
    {
        IntPtr job = CreateJobObject(IntPtr.Zero, null);
        if (job == IntPtr.Zero)
        {
            return null;
        }

        WindowsJob made = new(job);
        ExtendedLimits limits = new() { Basic = new BasicLimits { Flags = KillOnJobClose } };
        if (SetInformationJobObject(job, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>())
            && AssignProcessToJobObject(job, process.Handle))
        {
            return made;
        }

        made.Dispose();
        return null;
    }

    public void Dispose()
    {
        IntPtr job = _job;
        _job = IntPtr.Zero;
        if (job != IntPtr.Zero)
        {
            CloseHandle(job);
        }
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, EntryPoint = "CreateJobObjectW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr CreateJobObject(IntPtr security, string? name);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(IntPtr job, int kind, ref ExtendedLimits limits, int length);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(IntPtr job, IntPtr process);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(IntPtr handle);

    // JOBOBJECT_BASIC_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public UIntPtr SmallestWorkingSet;
        public UIntPtr LargestWorkingSet;
        public uint ActiveProcesses;
        public UIntPtr Affinity;
        public uint Priority;
        public uint Scheduling;
    }

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the basic limits, IO_COUNTERS (six 64-bit counters), four sizes.
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong Reads;
        public ulong Writes;
        public ulong Others;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public UIntPtr ProcessMemory;
        public UIntPtr JobMemory;
        public UIntPtr PeakProcessMemory;
        public UIntPtr PeakJobMemory;
    }
}
