// A person in Chromium logs in to an app that uses fhirclient: prints what the app found as one line of JSON.
const { chromium } = require('playwright-core')

const [executablePath, address, user, password, screenshots] = process.argv.slice(2)

;(async () => {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync']
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 760 } })
    page.setDefaultTimeout(60000)
    await page.goto(address)
    await page.fill('#username', user)
    await page.fill('#password', password)
    await page.screenshot({ path: `${screenshots}/fhirclient-login.png` })
    await page.press('#password', 'Enter')
    await page.waitForLoadState()
    const accept = page.locator('[name=accept]')
    if (await accept.count() > 0) {
      await page.screenshot({ path: `${screenshots}/fhirclient-consent.png` })
      await accept.first().click()
    }
    await page.waitForFunction(() => window.result)
    await page.screenshot({ path: `${screenshots}/fhirclient-app.png` })
    process.stdout.write(JSON.stringify(await page.evaluate(() => window.result)) + '\n')
  } finally {
    await browser.close()
  }
})().catch(problem => {
  process.stderr.write((problem.stack || problem) + '\n')
  process.exit(1)
})
