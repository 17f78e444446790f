use std::time::Instant;
use caredesk::store::{Store,Kind};
use caredesk::shell::clock::Clock;
use caredesk::shell::session::*;
use caredesk::view::{self,Look,theme::Theme};
use ratatui::{buffer::Buffer,layout::Rect};
fn main(){
 let dir=std::env::args().nth(1).unwrap();
 let t=Instant::now();
 let s=Store::open(std::path::Path::new(&dir),Kind::Real,false).unwrap();
 println!("open {:?}",t.elapsed());
 let setup=Setup{settings:Default::default(),desk:"x".into(),lang:caredesk::texts::Lang::Zh,practice:false,appearance:Default::default()};
 let t=Instant::now();
 let l=s.glance(Clock::Wall.now()).unwrap();
 println!("glance load {:?}",t.elapsed());
 let t=Instant::now();
 let n=caredesk::desk::roster::Names::of(&l.register);
 println!("names {:?}",t.elapsed());
 drop(n);
 let t=Instant::now();
 let m=Session::glance(&s,Clock::Wall,&setup).unwrap();
 println!("glance+model {:?}",t.elapsed());
 let area=Rect::new(0,0,100,30);
 let mut buf=Buffer::empty(area);
 let look=Look{theme:Theme::of(Default::default()),typed:String::new(),cursor:0,page:0,panel_page:0};
 let t=Instant::now();
 view::draw(&m,&look,area,&mut buf);
 println!("draw {:?}",t.elapsed());
 let mut session=Session::start(s,Clock::Wall,setup).unwrap();
 session.model.names.prepare(&session.model.register);
 for q in ["","z","zh","zha","zhang","张","504","x","xi"] {
   let look=Look{typed:q.into(),cursor:q.len(),..look.clone()};
   let t=Instant::now();
   for _ in 0..100 { buf.reset(); view::draw(&session.model,&look,area,&mut buf); }
   let a=t.elapsed()/100;
   let t=Instant::now();
   for _ in 0..100 { std::hint::black_box(session.model.names.find(&session.model.register,q)); }
   println!("draw {q:?} {a:?} find {:?}",t.elapsed()/100);
 }
 let t=Instant::now(); for _ in 0..100 {session.catch_up();} println!("catch_up {:?}",t.elapsed()/100);
 let t=Instant::now(); for _ in 0..100 {session.send(caredesk::desk::Msg::Tick);} println!("tick {:?}",t.elapsed()/100);
 let b2=Buffer::empty(area);
 let t=Instant::now(); for _ in 0..100 {std::hint::black_box(b2.diff(&buf));} println!("diff {:?}",t.elapsed()/100);
}
