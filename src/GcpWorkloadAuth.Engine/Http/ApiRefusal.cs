using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// An answer that is no success, read as far as it can be. The body is Google's error form: {"error":{code,message,status,
/// errors:[{reason,domain}],details:[{@type,reason,metadata,violations}]}} (source: AIP-193 and the services' own answers).
/// </summary>
internal sealed class ApiRefusal
{
    private readonly string _title;
    private readonly string _host;
    private readonly bool _isAnyBodyFine;
    private readonly Uri _uri;
    private readonly string _account;
    private readonly int _attempts;
    private string _message = string.Empty;
    private string? _legacyReason;
    private string? _detailReason;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private bool _isJson;
    private string _contentType = string.Empty;
    private string? _location;

    private ApiRefusal(int status, string title, string host, bool isAnyBodyFine, Uri uri, string account, int attempts)
    {
        Status = status;
        _title = title;
        _host = host;
        _isAnyBodyFine = isAnyBodyFine;
        _uri = uri;
        _account = account;
        _attempts = attempts;
    }

    public int Status { get; }

    /// <summary>Google's words; never empty.</summary>
    public string Message => _message.Length > 0 ? _message : "no reason given";

    /// <summary>The most exact reason the answer names; null where it names none.</summary>
    public string? Reason => _detailReason ?? _legacyReason;

    /// <summary>True where trying again may help: an overloaded or broken server, a throttle.</summary>
    public bool IsTransient => Status is 408 or 429 or 500 or 502 or 503 or 504 || IsThrottle;

    /// <summary>True where a 403 is Compute Engine's throttle, not a refusal.</summary>
    public bool IsThrottle => Status == 403 && IsThrottleReason;

    private bool IsThrottleReason => _legacyReason is "rateLimitExceeded" or "userRateLimitExceeded" || _detailReason is "RATE_LIMIT_EXCEEDED";

    /// <summary>A refusal of a method of the Api tables.</summary>
    public static ApiRefusal Read(HttpReply reply, ApiService service, Uri uri, string account, int attempts, bool isAnyBodyFine = false) =>
        Read(reply, new ApiRefusal(reply.Status, service.Title, service.Id + ".googleapis.com", isAnyBodyFine, uri, account, attempts));

    /// <summary>
    /// A refusal of any Google API: its host stands for its name, and words in another form than JSON (Storage's XML, a front end's
    /// page) are taken as they are.
    /// </summary>
    public static ApiRefusal Read(HttpReply reply, Uri uri, string account, int attempts) =>
        Read(reply, new ApiRefusal(reply.Status, uri.Authority, uri.Host, isAnyBodyFine: true, uri, account, attempts));

    private static ApiRefusal Read(HttpReply reply, ApiRefusal refusal)
    {
        refusal._contentType = reply.ContentType;
        refusal._location = reply.LocationFrom(refusal._uri)?.Authority;
        refusal._isJson = JsonText.TryRead(reply.Body, refusal.ReadBody, out bool isErrorForm) && isErrorForm;
        if (!refusal._isJson && refusal._isAnyBodyFine)
        {
            refusal._message = PageWords.Of(reply) ?? string.Empty;
        }

        return refusal;
    }

    /// <param name="notFound">What a 404 means.</param>
    /// <param name="special">What the method at hand has its own words for; null leaves it to the general ones.</param>
    public GcpException Explain(Func<ApiRefusal, GcpException> notFound, Func<ApiRefusal, GcpException?>? special = null)
    {
        GcpException failure = (_isJson || _isAnyBodyFine ? special?.Invoke(this) : null) ?? Choose(notFound);
        failure.StatusCode = Status;
        failure.Reason = Reason;
        failure.RequestUri = DisplayUri.Of(_uri);
        return failure;
    }

    private GcpException Choose(Func<ApiRefusal, GcpException> notFound)
    {
        if (Status is >= 300 and < 400 and not 304)
        {
            return Errors.RedirectRefused(_uri.Authority, _location ?? "?");
        }

        if (!_isJson && !_isAnyBodyFine && Status is not (401 or 408 or 429 or >= 500))
        {
            return Errors.ResponseNotJson(_title, _contentType.Length > 0 ? _contentType : "nothing");
        }

        switch (Status)
        {
            case 400 when Reason is "USER_PROJECT_DENIED" or "userProjectInvalid" or "userProjectMissing" || Contains("User project specified"):
                return Errors.QuotaProjectDenied(Message);
            case 400 when Contains("Unknown project id") || Contains("Unknown zone") || Contains("Unknown region"):
                return notFound(this);
            case 400:
                return Errors.RequestInvalid(_title, Message);
            case 401:
                return Errors.Unauthenticated(_title, Message);
            case 403:
                return Forbidden();
            case 404:
                return notFound(this);
            case 409:
                return Errors.Conflict(_title, Message);
            case 412 when IsOrganizationPolicy:
                return Errors.OrganizationPolicyDenied(Message);
            case 412:
                return Errors.PreconditionFailed(_title, Message);
            case 429:
                return Errors.RateLimited(_title, Message);
            case >= 500 or 408:
                return Errors.ServiceUnavailable(_title, Status, _attempts);
            default:
                return Errors.RequestFailed(_title, Status, Message);
        }
    }

    private GcpException Forbidden()
    {
        if (IsThrottleReason)
        {
            return Errors.RateLimited(_title, Message);
        }

        switch (Reason)
        {
            case "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
                return Errors.ScopesInsufficient(_title, _account);
            case "SERVICE_DISABLED" or "accessNotConfigured":
                return Errors.ApiDisabled(
                    Metadata("service") ?? _host,
                    Names.LastSegment(Metadata("consumer")) ?? ProjectInMessage() ?? "?",
                    Metadata("activationUrl") ?? "https://console.cloud.google.com/apis/library/" + _host);
            case "USER_PROJECT_DENIED" or "userProjectInvalid":
                return Errors.QuotaProjectDenied(Message);
            case "SECURITY_POLICY_VIOLATED" or "vpcServiceControls":
                return Errors.VpcServiceControlsDenied(VpcIdentifier() ?? Message);
            case "BILLING_DISABLED" or "accountDisabled" or "billingNotEnabled" or "UREQ_PROJECT_BILLING_NOT_OPEN":
                return Errors.BillingDisabled(Message);
            case "retentionPolicyNotMet" or "objectUnderActiveHold":
                return Errors.RetentionActive(Message);
            case "quotaExceeded" or "dailyLimitExceeded" or "QUOTA_EXCEEDED":
                return Errors.QuotaExceeded(Message);
        }

        if (VpcIdentifier() is { } identifier)
        {
            return Errors.VpcServiceControlsDenied(identifier);
        }

        if (IsOrganizationPolicy)
        {
            return Errors.OrganizationPolicyDenied(Message);
        }

        // Compute Engine's older words, and Cloud Storage's own.
        if (Contains("insufficient authentication scopes") || Contains("Provided scope(s) are not authorized"))
        {
            return Errors.ScopesInsufficient(_title, _account);
        }

        return Errors.PermissionDenied(Message);
    }

    private bool IsOrganizationPolicy =>
        Reason is "orgpolicy" or "ORG_POLICY_VIOLATION" or "CUSTOM_ORG_POLICY_VIOLATION"
        || Contains("constraints/") || _violations.Exists(static v => v.StartsWith("constraints/", StringComparison.Ordinal));

    private bool Contains(string words) => _message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;

    private string? Metadata(string name) => _metadata.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    // "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: abc123"
    private string? VpcIdentifier()
    {
        if (Metadata("uid") is { } uid && Reason == "SECURITY_POLICY_VIOLATED")
        {
            return uid;
        }

        const string marker = "vpcServiceControlsUniqueIdentifier:";
        int at = _message.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        string rest = _message.Substring(at + marker.Length).TrimStart();
        int end = rest.IndexOfAny([' ', '.', ',', '\n', '"']);
        return end < 0 ? rest : rest.Substring(0, end);
    }

    // "... has not been used in project 123456 before or it is disabled."
    private string? ProjectInMessage()
    {
        const string marker = "in project ";
        int at = _message.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string rest = _message.Substring(at + marker.Length);
        int end = rest.IndexOf(' ');
        return end < 0 ? rest : rest.Substring(0, end);
    }

    private bool ReadBody(ref JsonCursor json)
    {
        bool found = false;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "error" && json.BeginObject())
                {
                    found = true;
                    ReadError(ref json);
                }
                else if (name != "error")
                {
                    json.Skip();
                }
            }
        }

        return found;
    }

    private void ReadError(ref JsonCursor json)
    {
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "message":
                    _message = json.String() ?? string.Empty;
                    break;
                case "errors" when json.BeginArray():
                    while (json.NextElement())
                    {
                        ReadLegacy(ref json);
                    }

                    break;
                case "details" when json.BeginArray():
                    while (json.NextElement())
                    {
                        ReadDetail(ref json);
                    }

                    break;
                case "errors" or "details":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private void ReadLegacy(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            if (name == "reason")
            {
                string? reason = json.String();
                _legacyReason ??= reason;
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadDetail(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "reason":
                    string? reason = json.String();
                    _detailReason ??= reason;
                    break;
                case "metadata":
                    foreach (KeyValuePair<string, string> entry in JsonLists.Map(ref json))
                    {
                        _metadata[entry.Key] = entry.Value;
                    }

                    break;
                case "violations" when json.BeginArray():
                    while (json.NextElement())
                    {
                        ReadViolation(ref json);
                    }

                    break;
                case "violations":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private void ReadViolation(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            if (name is "type" or "subject" && json.String() is { } text)
            {
                _violations.Add(text);
            }
            else if (name is not ("type" or "subject"))
            {
                json.Skip();
            }
        }
    }
}
