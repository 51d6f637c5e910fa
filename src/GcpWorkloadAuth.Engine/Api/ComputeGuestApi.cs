using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// What can be seen of an instance's guest in the Compute Engine API v1. Source: its discovery document,
/// https://compute.googleapis.com/$discovery/rest?version=v1.
/// </summary>
internal static class ComputeGuestApi
{
    public static readonly ApiMethod GetSerialPortOutput = new(
        ApiService.Compute, "compute.instances.getSerialPortOutput", HttpMethod.Get,
        "projects/{project}/zones/{zone}/instances/{instance}/serialPort", RetryClass.Idempotent, "port", "start");

    public static readonly ApiMethod GetGuestAttributes = new(
        ApiService.Compute, "compute.instances.getGuestAttributes", HttpMethod.Get,
        "projects/{project}/zones/{zone}/instances/{instance}/getGuestAttributes", RetryClass.Idempotent, "queryPath", "variableKey");

    public static readonly ApiMethod[] All = [GetSerialPortOutput, GetGuestAttributes];
}
