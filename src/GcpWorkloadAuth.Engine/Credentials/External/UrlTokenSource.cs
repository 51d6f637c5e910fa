using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>An address that answers with a subject token: the metadata service of another cloud, a local agent, a build system.</summary>
internal sealed class UrlTokenSource(Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, TokenFormat format) : SubjectTokenSource
{
    public override async Task<SubjectToken> GetAsync(EngineCall call)
    {
        SmallRequest request = new(HttpMethod.Get, address, headers);
        using HttpReply reply = await request.SendAsync(Largest, call).ConfigureAwait(false);
        if (reply.IsRedirect)
        {
            throw Errors.RedirectRefused(address.Authority, reply.LocationFrom(address)?.Authority ?? "?");
        }

        return reply.IsSuccess
            ? format.Read(reply.Body, DisplayUri.Of(address))
            : throw Refusals.WithStatus(Errors.SubjectTokenRefused(DisplayUri.Of(address), reply.Status), reply.Status);
    }
}
