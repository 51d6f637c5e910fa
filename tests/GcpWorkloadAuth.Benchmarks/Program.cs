using GcpWorkloadAuth.Benchmarks;

if (args is ["--child", .. string[] rest])
{
    return Child.Run(rest);
}

string which = args.Length > 0 ? args[0] : "all";
int runs = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 11;
if (which is "all" or "import")
{
    ImportBenchmark.Run(runs);
}

if (which is "all" or "first")
{
    await FirstCallBenchmark.RunAsync(runs);
}

if (which is "all" or "cached")
{
    await CachedTokenBenchmark.RunAsync();
}

if (which is "all" or "runspaces")
{
    await RunspacesBenchmark.RunAsync();
}

if (which is "all" or "list")
{
    await ListBenchmark.RunAsync(runs);
}

if (which is "all" or "doctor")
{
    await DoctorBenchmark.RunAsync(runs);
}

if (which is "all" or "objects")
{
    await ObjectListBenchmark.RunAsync(runs);
}

if (which is "all" or "fleet")
{
    await FleetBenchmark.RunAsync();
}

if (which is "all" or "transfers")
{
    long mebibytes = args.Length > 2 ? long.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1024;
    TransferBenchmark.Run(runs, mebibytes << 20);
}

if (which == "soak")
{
    return await TransferSoak.RunAsync(args[1..]);
}

return 0;
