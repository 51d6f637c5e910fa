using Playground;

return await PlaygroundProgram.RunAsync(args);
