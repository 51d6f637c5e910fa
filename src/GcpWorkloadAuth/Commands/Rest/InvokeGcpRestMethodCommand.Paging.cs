using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <content>-Paginate.</content>
public sealed partial class InvokeGcpRestMethodCommand
{
    private async Task PageAsync(RestRequest request)
    {
        HashSet<string> warned = new(StringComparer.Ordinal);
        List<KeyValuePair<string, string>> query = RestPage.WithToken(Uri, RestArguments.Query(Query));
        query.RemoveAll(static pair => pair.Key == RestPage.TokenParameter && pair.Value.Length == 0);
        request = request with { Query = query, WantsText = Raw, WantsValue = true };
        string? token = null;
        while (true)
        {
            RestAnswer answer = await Engine.SendRestAsync(Session, request, Call);
            RestPage page = RestPage.Of(answer.Value);
            Emit(answer, page, warned);
            if (page.NextPageToken is null)
            {
                return;
            }

            if (page.NextPageToken == token)
            {
                throw Errors.RestPageRepeated(Uri.Authority);
            }

            // A parameter of the same address: where a page might send us is not asked.
            token = page.NextPageToken;
            query = query.FindAll(static pair => pair.Key != RestPage.TokenParameter);
            query.Add(new KeyValuePair<string, string>(RestPage.TokenParameter, token));
            request = request with { Query = query };
        }
    }

    private void Emit(RestAnswer answer, RestPage page, HashSet<string> warned)
    {
        foreach (string place in page.Unreachable)
        {
            if (warned.Add(place))
            {
                Warn(nameof(Resources.Strings.WarnUnreachable), place);
            }
        }

        if (Raw || page.Items is null)
        {
            Emit(answer);
            return;
        }

        foreach (object? item in page.Items)
        {
            WriteObject(MetadataValues.ToObject(item, WarnLeftOut));
        }
    }
}
