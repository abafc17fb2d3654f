<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("holovitalsLaunchTitle", client.name!client.clientId)}
    <#elseif section = "form">
        <form id="holovitals-launch" action="${url.loginAction}" method="post">
            <#if patients?size gt 1>
                <fieldset style="border: 0; padding: 0; margin: 0 0 1.5rem">
                    <legend><strong>${msg("holovitalsLaunchPatient")}</strong></legend>
                    <#list patients as patient>
                        <div style="padding: .35rem 0">
                            <input type="radio" id="patient-${patient?index}" name="patient" value="${patient.id}" required>
                            <label for="patient-${patient?index}">${patient.name}<#if patient.detail?has_content> <small>(${patient.detail})</small></#if></label>
                        </div>
                    </#list>
                </fieldset>
            <#elseif patients?size == 1>
                <p style="margin: 0 0 1.5rem">${msg("holovitalsLaunchOnePatient")} <strong>${patients[0].name}</strong></p>
            </#if>
            <#if scopes?has_content>
                <fieldset style="border: 0; padding: 0; margin: 0 0 1.5rem">
                    <legend><strong>${msg("holovitalsLaunchScopes")}</strong></legend>
                    <#list scopes as scope>
                        <div style="padding: .35rem 0">
                            <input type="checkbox" id="scope-${scope?index}" name="scope" value="${scope.name}" checked>
                            <label for="scope-${scope?index}">${scope.description}</label>
                        </div>
                    </#list>
                </fieldset>
            </#if>
            <div class="${properties.kcFormGroupClass!}">
                <button type="submit" id="kc-accept" name="accept" value="true" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}">${msg("holovitalsLaunchAccept")}</button>
            </div>
            <div class="${properties.kcFormGroupClass!}" style="margin-top: .75rem">
                <button type="submit" id="kc-cancel" name="cancel" value="true" formnovalidate class="${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}">${msg("holovitalsLaunchCancel")}</button>
            </div>
        </form>
    </#if>
</@layout.registrationLayout>
