using GcpEmulator;

return await CommandLine.RunAsync(args);
